package dev.sluice.transport.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.otlp.Bytes;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpOutcomeTest {
    private static final Duration WAIT = Duration.ofSeconds(17);

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204})
    void successIsAccepted(int status) {
        assertThat(HttpOutcome.of("a push", answer(status, "ignored"))).isEqualTo(Outcome.ACCEPTED);
    }

    @ParameterizedTest
    @CsvSource({"429,OVERLOADED", "500,UNAVAILABLE", "503,UNAVAILABLE", "599,UNAVAILABLE"})
    void passingRefusalsMayBeTriedAgainAfterTheTimeAskedFor(int status, Reason reason) {
        assertThat(HttpOutcome.of("a push", answer(status, " busy\n")))
                .isEqualTo(Outcome.retryable(reason, "a push failed: " + status + ": busy", WAIT));
    }

    @ParameterizedTest
    @CsvSource({"301,INVALID", "400,INVALID", "401,UNAUTHENTICATED", "403,FORBIDDEN", "413,TOO_LARGE", "600,INVALID"})
    void otherAnswersAreFinal(int status, Reason reason) {
        assertThat(HttpOutcome.of("a push", answer(status, "")))
                .isEqualTo(Outcome.permanent(reason, "a push failed: " + status));
    }

    @Test
    void noAnswerMayBeTriedAgain() {
        assertThat(HttpOutcome.of("a push", new HttpReply.NoAnswer("connection closed")))
                .isEqualTo(Outcome.retryable(Reason.UNAVAILABLE, "a push failed: connection closed", Duration.ZERO));
    }

    @Test
    void ofALongBodyOnlyTheBeginningIsTold() {
        Outcome outcome = HttpOutcome.of("a push", answer(400, "x".repeat(5000)));
        assertThat(outcome).isEqualTo(Outcome.permanent(Reason.INVALID, "a push failed: 400: " + "x".repeat(1024)));
    }

    @Test
    void aRedirectTellsWhereTo() {
        HttpReply reply = new HttpReply.Answer(
                308, "text/plain", null, "https://there/write", Map.of(), Bytes.of("moved".getBytes(UTF_8)), false);
        assertThat(HttpOutcome.of("a push", reply))
                .isEqualTo(
                        Outcome.permanent(
                                Reason.INVALID,
                                "a push failed: 308, a redirect to https://there/write, which is not followed: set the endpoint to it: moved"));
    }

    private static HttpReply.Answer answer(int status, String body) {
        Bytes bytes = Bytes.of(body.getBytes(UTF_8));
        return new HttpReply.Answer(status, "text/plain", WAIT, "", Map.of(), bytes, false);
    }
}
