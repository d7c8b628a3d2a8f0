package dev.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.api.Telemetry;
import dev.sluice.otlp.Signal;
import dev.sluice.testkit.ReceiverContract.Answer;
import dev.sluice.testkit.ReceiverContract.Client;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReceiverContractTest {
    @ParameterizedTest
    @EnumSource(Signal.class)
    void aReceiverThatTellsTheTruthPasses(Signal signal) {
        ReceiverContract contract = new ReceiverContract(signal, 1);
        assertThatCode(() -> contract.check(200, honest(contract, signal))).doesNotThrowAnyException();
    }

    @Test
    void outcomesMayComeLaterOnTheLoop() {
        Vertx vertx = Vertx.vertx();
        ReceiverContract contract = new ReceiverContract(Signal.LOGS, 2);
        Client client = request -> {
            Promise<Outcome> answered = Promise.promise();
            vertx.runOnContext(_ -> contract.next()
                    .consume(Telemetry.of(Signal.LOGS, request, Origin.INTERNAL))
                    .onComplete(answered));
            return answer(
                    answered.future().toCompletionStage().toCompletableFuture().get());
        };
        assertThatCode(() -> contract.check(100, client)).doesNotThrowAnyException();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void answeringBeforeTheOutcomeIsFound() {
        ReceiverContract contract = new ReceiverContract(Signal.TRACES, 3);
        assertThatThrownBy(() -> contract.check(200, request -> {
                    var _ = contract.next().consume(Telemetry.of(Signal.TRACES, request, Origin.INTERNAL));
                    return Answer.TAKEN;
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("what the client was told of item");
    }

    @Test
    void aLostRequestIsFound() {
        ReceiverContract contract = new ReceiverContract(Signal.TRACES, 4);
        assertThatThrownBy(() -> contract.check(10, _ -> Answer.TAKEN))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("items that reached the next stage");
    }

    @Test
    void aDoubledRequestIsFound() {
        ReceiverContract contract = new ReceiverContract(Signal.METRICS, 5);
        Client honest = honest(contract, Signal.METRICS);
        assertThatThrownBy(() -> contract.check(200, request -> {
                    Answer first = honest.send(request);
                    return first == Answer.TAKEN ? honest.send(request) : first;
                }))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void aReceiverThatIsNeverReadyIsFound() {
        ReceiverContract contract = new ReceiverContract(Signal.LOGS, 6);
        assertThatThrownBy(() -> contract.check(1, _ -> Answer.SEND_AGAIN))
                .isInstanceOf(AssertionError.class)
                .hasRootCauseMessage("request 0 was refused for now 60 times");
    }

    private static Client honest(ReceiverContract contract, Signal signal) {
        return request -> answer(contract.next()
                .consume(Telemetry.of(signal, request, Origin.INTERNAL))
                .result());
    }

    private static Answer answer(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted _ -> Answer.TAKEN;
            case Outcome.Refused refused -> refused.reason().retryable() ? Answer.SEND_AGAIN : Answer.GIVE_UP;
        };
    }
}
