package dev.sluice.promql.rules;

/** How far an alert has got. */
public enum AlertState {
    INACTIVE("inactive"),
    PENDING("pending"),
    FIRING("firing");

    private final String text;

    AlertState(String text) {
        this.text = text;
    }

    /** As the label {@code alertstate} and Prometheus' API say it. */
    public String text() {
        return text;
    }
}
