package dev.sluice.api.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The error for a word that is none of the constants of this enum, where the Collector has a text of its own. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Otherwise {
    /** The text, with {@code %s} for the word. */
    String value();
}
