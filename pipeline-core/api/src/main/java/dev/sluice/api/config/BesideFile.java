package dev.sluice.api.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a path or a list of paths: relative ones start from the folder of the file that they are written in, as in Prometheus' configuration, and reach the component
 * so. Where they are written in no file, but given by a variable, a flag or a server, they start from the working directory.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
public @interface BesideFile {}
