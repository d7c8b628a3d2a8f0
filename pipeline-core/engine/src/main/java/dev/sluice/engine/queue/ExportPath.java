package dev.sluice.engine.queue;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Outcome;
import dev.sluice.api.Telemetry;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.api.config.Delivery;
import dev.sluice.api.config.QueueConfig;
import dev.sluice.api.config.RetryConfig;
import dev.sluice.otlp.Signal;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The way of batches into one exporter on one loop: queue, retries, time limit, as far as its configuration asks for them. */
public final class ExportPath implements TelemetryConsumer {
    private final ComponentContext context;
    private final @Nullable RetrySender retry;
    private final Map<Signal, TelemetryConsumer> intakes = new EnumMap<>(Signal.class);
    private final Map<Signal, SendingQueue> queues;
    private final List<SendingQueue.Lane> lanes = new ArrayList<>();

    /**
     * {@code signals} are those that come; {@code queues} are the process's, one for each of them if the delivery has a queue;
     * {@code owner} runs tasks on this loop, at once if it is the caller's.
     */
    public ExportPath(
            TelemetryConsumer exporter,
            Delivery delivery,
            ComponentContext context,
            Executor owner,
            Set<Signal> signals,
            Map<Signal, SendingQueue> queues,
            RandomGenerator random) {
        this.context = context;
        this.queues = queues;
        TelemetryConsumer attempt = batch -> Outcomes.ask(exporter, batch);
        if (delivery.timeout() != null && delivery.timeout().isPositive()) {
            attempt = new TimeoutSender(delivery.timeout(), attempt, context);
        }
        RetryConfig retries = delivery.retry();
        retry = retries != null && retries.enabled() ? new RetrySender(retries, attempt, context, random) : null;
        TelemetryConsumer sender = retry == null ? attempt : retry;
        for (Signal signal : signals) {
            SendingQueue queue = queues.get(signal);
            boolean answered = queue != null && !waitsForResult(delivery);
            TelemetryConsumer metered =
                    new MeteredSender(sender, SendMeters.of(context.meters(), signal), context.log(), answered);
            if (queue == null) {
                intakes.put(signal, metered);
            } else {
                SendingQueue.Lane lane = queue.lane(context, owner, metered);
                lanes.add(lane);
                intakes.put(signal, lane);
            }
        }
    }

    @Override
    public Future<Outcome> consume(Telemetry batch) {
        TelemetryConsumer intake = intakes.get(batch.signal());
        if (intake == null) {
            throw new IllegalArgumentException(
                    context.id() + " is in no pipeline of " + batch.signal().key());
        }
        return intake.consume(batch);
    }

    /** Tries at once what waits for a retry, and succeeds when the queues are empty. */
    public Future<?> drain() {
        if (retry != null) {
            retry.stop();
        }
        return Future.all(lanes.stream().map(SendingQueue.Lane::drain).toList());
    }

    /** Gives up what is left in the queues. */
    public void abandon() {
        queues.values().forEach(queue -> queue.abandon(context));
    }

    private static boolean waitsForResult(Delivery delivery) {
        QueueConfig queue = delivery.queue();
        return queue != null && queue.waitForResult();
    }
}
