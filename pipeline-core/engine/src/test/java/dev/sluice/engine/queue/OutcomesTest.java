package dev.sluice.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Accepted;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.api.Outcome.Refused;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomesTest {
    private static final Refused INVALID = Outcome.permanent(Reason.INVALID, "bad");
    private static final Refused TOO_LARGE = Outcome.permanent(Reason.TOO_LARGE, "big");
    private static final Refused BUSY = Outcome.retryable(Reason.OVERLOADED, "busy", Duration.ofSeconds(1));
    private static final Refused DOWN = Outcome.retryable(Reason.UNAVAILABLE, "down", Duration.ofSeconds(9));
    private final RuntimeException bug = new RuntimeException("bug");

    @Test
    void nothingJoinedIsAccepted() {
        assertThat(joined(Outcomes.Parts.SAME).result()).isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void refusalWinsOverAcceptanceWhicheverComesFirst() {
        assertThat(joined(Outcomes.Parts.SAME, Outcome.ACCEPTED, INVALID).result())
                .isEqualTo(INVALID);
        assertThat(joined(Outcomes.Parts.SAME, INVALID, Outcome.ACCEPTED).result())
                .isEqualTo(INVALID);
    }

    @Test
    void firstPermanentReasonIsKept() {
        assertThat(joined(Outcomes.Parts.SAME, INVALID, TOO_LARGE).result()).isEqualTo(INVALID);
    }

    @Test
    void retryableWinsOverPermanentSoThatTheSenderTriesAgain() {
        assertThat(joined(Outcomes.Parts.SAME, INVALID, BUSY).result()).isEqualTo(BUSY);
        assertThat(joined(Outcomes.Parts.SAME, BUSY, INVALID).result()).isEqualTo(BUSY);
    }

    @Test
    void longestDelayOfSeveralIsKept() {
        assertThat(joined(Outcomes.Parts.SAME, BUSY, DOWN).result())
                .isEqualTo(new Refused(Reason.OVERLOADED, "busy", Duration.ofSeconds(9)));
        assertThat(joined(Outcomes.Parts.SAME, DOWN, BUSY).result()).isEqualTo(DOWN);
    }

    @Test
    void rejectedItemsOfTheSameBatchAreNotAddedUp() {
        assertThat(joined(Outcomes.Parts.SAME, new Accepted(2, "a"), new Accepted(3, "b"))
                        .result())
                .isEqualTo(new Accepted(3, "b"));
        assertThat(joined(Outcomes.Parts.SAME, new Accepted(2, "a"), Outcome.ACCEPTED)
                        .result())
                .isEqualTo(new Accepted(2, "a"));
        assertThat(joined(Outcomes.Parts.SAME, Outcome.ACCEPTED, new Accepted(2, "a"))
                        .result())
                .isEqualTo(new Accepted(2, "a"));
    }

    @Test
    void rejectedItemsOfPartsAreAddedUp() {
        assertThat(joined(Outcomes.Parts.DISJOINT, new Accepted(2, "a"), new Accepted(3, "b"))
                        .result())
                .isEqualTo(new Accepted(5, "a"));
    }

    @Test
    void failureWinsOverAllButWhatMayBeRetried() {
        assertThat(failing(Outcome.ACCEPTED).cause()).isSameAs(bug);
        assertThat(failing(INVALID).cause()).isSameAs(bug);
        assertThat(failing(BUSY).result()).isEqualTo(BUSY);
    }

    @Test
    void answersOnceAllHaveAndNotBefore() {
        Promise<Outcome> first = Promise.promise();
        Promise<Outcome> second = Promise.promise();
        Outcomes outcomes = new Outcomes(Outcomes.Parts.SAME);
        outcomes.add(first.future());
        outcomes.add(second.future());
        Future<Outcome> joined = outcomes.joined();
        second.complete(BUSY);
        assertThat(joined.isComplete()).isFalse();
        first.fail(bug);
        assertThat(joined.result()).isEqualTo(BUSY);
    }

    @Test
    void whatAStageThrowsBecomesAFailedFuture() {
        assertThat(Outcomes.ask(
                                batch -> {
                                    throw bug;
                                },
                                Otlp.spans("a", 1))
                        .cause())
                .isSameAs(bug);
    }

    private Future<Outcome> failing(Outcome other) {
        Outcomes outcomes = new Outcomes(Outcomes.Parts.SAME);
        outcomes.add(Future.failedFuture(bug));
        outcomes.add(Future.failedFuture(new RuntimeException("later")));
        outcomes.add(Future.succeededFuture(other));
        return outcomes.joined();
    }

    private static Future<Outcome> joined(Outcomes.Parts parts, Outcome... answers) {
        Outcomes outcomes = new Outcomes(parts);
        List.of(answers).forEach(answer -> outcomes.add(Future.succeededFuture(answer)));
        return outcomes.joined();
    }
}
