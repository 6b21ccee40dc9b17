package io.sipcodes.spring;

import org.springframework.lang.Nullable;

/** The Accept-Language header of the request that is being answered, where that can be known. */
@FunctionalInterface
interface AcceptLanguage {

    /** The header, or null. */
    @Nullable
    String header();
}
