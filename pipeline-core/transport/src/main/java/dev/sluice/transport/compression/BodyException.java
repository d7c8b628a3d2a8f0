package dev.sluice.transport.compression;

/** A body that is not decompressed; the message is meant for its sender. */
public final class BodyException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong with the body. */
    public enum Kind {
        /** It is not what its encoding says. */
        MALFORMED,
        /** It holds more than the limit, or more than a body of its size should. */
        TOO_LARGE,
        /** It may be good; there is no memory for it now. */
        NO_ROOM
    }

    private final Kind kind;

    private BodyException(Kind kind, String message) {
        // Bad bodies come from outside, any number of them: no stack trace.
        super(message, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    static BodyException malformed(String message) {
        return new BodyException(Kind.MALFORMED, message);
    }

    static BodyException truncated() {
        return malformed("unexpected EOF");
    }

    static BodyException tooLarge() {
        return new BodyException(Kind.TOO_LARGE, "http: request body too large");
    }

    static BodyException noRoom() {
        return new BodyException(Kind.NO_ROOM, "data refused due to high memory usage");
    }
}
