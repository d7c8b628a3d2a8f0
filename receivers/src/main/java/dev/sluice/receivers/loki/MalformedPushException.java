package dev.sluice.receivers.loki;

/** A push that is not what it should be; the message is for the client. */
final class MalformedPushException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MalformedPushException(String message) {
        super(message);
    }
}
