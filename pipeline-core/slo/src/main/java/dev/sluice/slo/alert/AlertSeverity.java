package dev.sluice.slo.alert;

import java.util.Locale;

/**
 * The severity of a log record by an alert's label {@code severity}. Source: OpenTelemetry specification, logs data model, appendix B (syslog); the
 * other words are those that rules are seen to use.
 */
final class AlertSeverity {
    static final String LABEL = "severity";

    private static final int DEBUG = 5;
    private static final int INFO = 9;
    private static final int WARN = 13;
    private static final int ERROR = 17;
    private static final int ERROR2 = 18;
    private static final int ERROR3 = 19;
    private static final int FATAL = 21;

    private AlertSeverity() {}

    /** From 1 to 24. A word that says nothing is a warning: an alert is one. */
    static int number(String label) {
        return switch (label.toLowerCase(Locale.ROOT)) {
            case "emergency", "fatal" -> FATAL;
            case "alert" -> ERROR3;
            case "critical", "page" -> ERROR2;
            case "error", "high", "major" -> ERROR;
            case "info", "informational", "none", "notice" -> INFO;
            case "debug" -> DEBUG;
            default -> WARN;
        };
    }
}
