package io.sipcodes.jainsip;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives all that tests wait for half a minute: a busy machine is slow, and a test that fails for that says nothing. Found
 * by META-INF/services, for every test of the module.
 */
public final class Patience implements BeforeAllCallback {

    static final Duration LONG = Duration.ofSeconds(30);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(LONG);
    }
}
