package io.sipcodes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A look-up makes no object: it may stand on the path of every message. */
class AllocationTest {

    private static final int TIMES = 10_000;
    private static final SipCatalog CATALOG = SipCatalog.standard()
            .with(List.of(
                    SipOverride.named("code")
                            .provider("acme")
                            .code(SipCode.FORBIDDEN_403)
                            .outcome(SipOutcome.BUSY)
                            .build(),
                    SipOverride.named("phrase")
                            .phrase("*gone*fishing*")
                            .outcome(SipOutcome.BUSY)
                            .build()));

    private enum LookUp {
        CODE {
            @Override
            Object once() {
                return CATALOG.entry(SipCode.of(486));
            }
        },
        PHRASE {
            @Override
            Object once() {
                return CATALOG.entry(SipCode.DECLINE_603, "Network Blocked", "");
            }
        },
        OWN_PHRASE {
            @Override
            Object once() {
                return CATALOG.entry(SipCode.DECLINE_603, "He has Gone Fishing again", "acme");
            }
        },
        NO_SUCH_PHRASE {
            @Override
            Object once() {
                return CATALOG.entry(SipCode.DECLINE_603, "Something nobody knows", "other");
            }
        },
        PROVIDER {
            @Override
            Object once() {
                return CATALOG.entry(SipCode.FORBIDDEN_403, "Forbidden", "ACME");
            }
        },
        TEXT {
            @Override
            Object once() {
                return CATALOG.entry(SipCode.BUSY_HERE_486).text(AUSTRIAN).title();
            }
        },
        OVERRIDDEN_TEXT {
            @Override
            Object once() {
                return CATALOG.entry(SipCode.DECLINE_603, "Network Blocked", "").text(AUSTRIAN);
            }
        },
        WORDS {
            @Override
            Object once() {
                return CATALOG.words(SipOutcome.BUSY, AUSTRIAN).caller();
            }
        },
        CAUSE {
            @Override
            Object once() {
                return CATALOG.words(Q850Cause.USER_BUSY_17, AUSTRIAN);
            }
        };

        private static final Locale AUSTRIAN = Locale.forLanguageTag("de-AT");

        abstract Object once();
    }

    @ParameterizedTest
    @EnumSource
    void shouldMakeNoObject(LookUp lookUp) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Object found = null;
        for (int i = 0; i < 100; i++) {
            found = lookUp.once();
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < TIMES; i++) {
            found = lookUp.once();
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(found).isNotNull();
        // Not one object a look-up; what little there may be is the measuring's own.
        assertThat(bytes).isLessThan(TIMES);
    }
}
