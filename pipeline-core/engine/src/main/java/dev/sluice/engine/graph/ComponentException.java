package dev.sluice.engine.graph;

/** A component could not be created or started. The message names it. */
public final class ComponentException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private ComponentException(String message, Throwable cause) {
        super(message, cause);
    }

    /** {@code verb}: "create", "start", in the Collector's sentence. */
    static ComponentException of(String verb, Node node, Throwable cause) {
        if (cause instanceof ComponentException known) {
            return known;
        }
        String why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new ComponentException(
                "failed to " + verb + " \"" + node.id() + "\" " + node.kind().word() + ": " + why, cause);
    }
}
