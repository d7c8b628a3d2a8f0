package dev.sluice.receivers.loki;

/** A push whose records would be larger than a body may be; the message is for the client. */
final class OversizedPushException extends RuntimeException {
    private static final long serialVersionUID = 1;

    OversizedPushException(int limit) {
        super("the records of the push, each with the labels of its stream, are larger than " + limit + " bytes");
    }
}
