package io.sipcodes.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says which property has which wrong value, what is allowed and what to do. Before Boot's own, which knows less. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class PropertyFailureAnalyzer extends AbstractFailureAnalyzer<PropertyException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, PropertyException cause) {
        return new FailureAnalysis(
                "The property " + cause.property() + " is: " + cause.value() + "\n\nAllowed is: " + cause.expected(),
                "Correct or remove " + cause.property() + " in the configuration of the application.",
                rootFailure);
    }
}
