package io.sipcodes.spring;

import java.util.function.Supplier;
import org.springframework.lang.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * The Accept-Language header of the request that is being answered. Endpoints get no header from Boot. In a servlet
 * application the thread knows its request; elsewhere nothing does. A class by itself, so that only an application that can
 * be one loads what it names.
 */
final class ServletAcceptLanguage implements Supplier<String> {

    static final String REQUEST = "jakarta.servlet.http.HttpServletRequest";
    static final String ATTRIBUTES = "org.springframework.web.context.request.ServletRequestAttributes";

    /** What tells the header, or null where it is not known. */
    static Supplier<String> ifPresent() {
        ClassLoader loader = ServletAcceptLanguage.class.getClassLoader();
        return ClassUtils.isPresent(REQUEST, loader) && ClassUtils.isPresent(ATTRIBUTES, loader)
                ? new ServletAcceptLanguage()
                : () -> null;
    }

    @Override
    @Nullable
    public String get() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
                ? request.getRequest().getHeader("Accept-Language")
                : null;
    }
}
