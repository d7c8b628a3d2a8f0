package dev.sluice.transport.client;

import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What a reply means for what was sent, by the rules that most servers keep: 429 and 5xx ask for another attempt, as does no answer at all; what
 * else is no success is refused for good.
 */
public final class HttpOutcome {
    private static final int TOLD_OF_BODY = 1024;

    private HttpOutcome() {}

    /** @param what was sent, for messages: {@code remote write request} */
    public static Outcome of(String what, HttpReply reply) {
        return switch (reply) {
            case HttpReply.NoAnswer none -> refused(what, none);
            case HttpReply.Answer answer -> answer.success() ? Outcome.ACCEPTED : refused(what, answer);
        };
    }

    public static Outcome.Refused refused(String what, HttpReply.NoAnswer none) {
        return Outcome.retryable(Reason.UNAVAILABLE, what + " failed: " + none.message(), Duration.ZERO);
    }

    /** Of an answer that is no success; the message has its status and the beginning of its body. */
    public static Outcome.Refused refused(String what, HttpReply.Answer answer) {
        int status = answer.status();
        String message = what + " failed: " + status + redirect(answer) + text(answer);
        Duration delay = answer.retryAfter() == null ? Duration.ZERO : answer.retryAfter();
        if (status == 429) {
            return Outcome.retryable(Reason.OVERLOADED, message, delay);
        }
        if (status >= 500 && status < 600) {
            return Outcome.retryable(Reason.UNAVAILABLE, message, delay);
        }
        return Outcome.permanent(
                switch (status) {
                    case 401 -> Reason.UNAUTHENTICATED;
                    case 403 -> Reason.FORBIDDEN;
                    case 413 -> Reason.TOO_LARGE;
                    default -> Reason.INVALID;
                },
                message);
    }

    /** Told, because what is sent again and again to the wrong place is lost, and the status alone does not say what to do. */
    private static String redirect(HttpReply.Answer answer) {
        boolean elsewhere = answer.status() >= 300
                && answer.status() < 400
                && !answer.location().isEmpty();
        return elsewhere
                ? ", a redirect to " + answer.location() + ", which is not followed: set the endpoint to it"
                : "";
    }

    private static String text(HttpReply.Answer answer) {
        String body = new String(answer.body().toByteArray(), StandardCharsets.UTF_8).strip();
        return body.isEmpty() ? "" : ": " + body.substring(0, Math.min(body.length(), TOLD_OF_BODY));
    }
}
