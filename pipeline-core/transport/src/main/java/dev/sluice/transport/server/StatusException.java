package dev.sluice.transport.server;

/** Ends a call with a status that no {@link dev.sluice.api.Outcome} has. */
public final class StatusException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient RpcStatus status;

    public StatusException(RpcStatus status) {
        // An answer, not a bug: nobody looks for where it came from.
        super(status.message(), null, false, false);
        this.status = status;
    }

    RpcStatus status() {
        return status;
    }
}
