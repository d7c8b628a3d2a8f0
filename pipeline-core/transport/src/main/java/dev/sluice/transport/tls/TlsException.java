package dev.sluice.transport.tls;

/** Key, certificate or CA that cannot be read or do not fit; the message says which, in the Collector's words. */
public final class TlsException extends Exception {
    private static final long serialVersionUID = 1L;

    TlsException(String message) {
        super(message);
    }

    TlsException(String message, Throwable cause) {
        super(message, cause);
    }
}
