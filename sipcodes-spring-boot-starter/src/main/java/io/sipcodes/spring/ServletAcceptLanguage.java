package io.sipcodes.spring;

import org.springframework.lang.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Endpoints get no header from Boot. In a servlet application the thread knows its request; elsewhere nothing does. A class
 * by itself, so that only a servlet application loads what it names.
 */
final class ServletAcceptLanguage implements AcceptLanguage {

    @Override
    @Nullable
    public String header() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
                ? request.getRequest().getHeader("Accept-Language")
                : null;
    }
}
