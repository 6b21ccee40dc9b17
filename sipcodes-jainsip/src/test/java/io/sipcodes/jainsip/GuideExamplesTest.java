package io.sipcodes.jainsip;

import io.sipcodes.SipEvent;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What the guide shows of this module; a test holds it to this. */
class GuideExamplesTest {

    @Test
    void shouldFollowTheTrafficWithoutSpring() throws Exception {
        List<SipEvent.AttemptEnded> attempts = new CopyOnWriteArrayList<>();
        // tag::without-spring
        // Before the first stack is built:
        SipAttachment attachment = SipAttachment.attach();
        SipTraffic.Subscription log = SipTraffic.subscribe(new FailureLog(Locale.ENGLISH));
        SipTraffic.Subscription mine = SipTraffic.subscribe(event -> {
            if (event instanceof SipEvent.AttemptEnded attempt) {
                attempts.add(attempt);
            }
        });
        // end::without-spring
        try (TestStack uas = TestStack.start("uas", "udp").answer(486);
                TestStack uac = TestStack.start("uac", "udp")) {
            uac.send(uac.request("INVITE", uas));
            uac.awaitFinal();
            // The hub is one for the JVM: what other tests left in it comes here too.
            Awaitility.await()
                    .until(() -> attempts.stream()
                                    .filter(attempt -> List.of(uas.name(), uac.name())
                                            .contains(attempt.request().stack()))
                                    .filter(attempt -> attempt.diagnosis().rawCode() == 486)
                                    .count()
                            == 2);
        }
        // tag::close
        mine.close();
        log.close();
        attachment.close();
        // end::close
    }
}
