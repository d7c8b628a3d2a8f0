package dev.sluice.promql.template;

/** A template that cannot be parsed or filled in; the message is Go's own. */
public final class TemplateException extends RuntimeException {
    public TemplateException(String message) {
        super(message);
    }
}
