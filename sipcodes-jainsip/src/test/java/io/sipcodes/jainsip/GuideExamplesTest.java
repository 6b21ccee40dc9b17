package io.sipcodes.jainsip;

import static org.assertj.core.api.Assertions.assertThat;

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
            Awaitility.await().until(() -> attempts.size() == 2);
        }
        // tag::close
        mine.close();
        log.close();
        attachment.close();
        // end::close
        assertThat(attempts).allMatch(attempt -> attempt.diagnosis().rawCode() == 486);
    }
}
