package io.sipcodes.spring;

import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.lang.Nullable;

/** The endpoint over HTTP: 404 for a number that is no SIP code, 400 for what makes no sense. */
@EndpointWebExtension(endpoint = SipCodesEndpoint.class)
final class SipCodesEndpointWebExtension {

    private final SipCodesEndpoint endpoint;
    private final Supplier<String> acceptLanguage;

    SipCodesEndpointWebExtension(SipCodesEndpoint endpoint) {
        this.endpoint = endpoint;
        this.acceptLanguage = ServletAcceptLanguage.ifPresent();
    }

    @ReadOperation
    WebEndpointResponse<Map<String, Object>> list(@Nullable String q, @Nullable String lang) {
        return answer(() -> new WebEndpointResponse<>(endpoint.search(q, language(lang))));
    }

    @ReadOperation
    WebEndpointResponse<Map<String, Object>> one(@Selector String what, @Nullable String lang) {
        return answer(() -> endpoint.find(what, language(lang))
                .map(WebEndpointResponse::new)
                .orElseGet(() -> error(WebEndpointResponse.STATUS_NOT_FOUND, SipCodesEndpoint.notFound(what))));
    }

    private Locale language(@Nullable String lang) {
        return endpoint.language(lang, acceptLanguage.get());
    }

    private static WebEndpointResponse<Map<String, Object>> answer(
            Supplier<WebEndpointResponse<Map<String, Object>>> body) {
        try {
            return body.get();
        } catch (IllegalArgumentException e) {
            return error(WebEndpointResponse.STATUS_BAD_REQUEST, e.getMessage());
        }
    }

    private static WebEndpointResponse<Map<String, Object>> error(int status, String message) {
        return new WebEndpointResponse<>(Map.of("error", message), status);
    }
}
