package dev.sluice.receivers.jvm;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.GcInfo;
import dev.sluice.api.ComponentContext;
import dev.sluice.api.Meters;
import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outputs;
import dev.sluice.api.Receiver;
import dev.sluice.api.Telemetry;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.api.Timer;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.management.ListenerNotFoundException;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;
import org.jspecify.annotations.Nullable;

/** Reads the metrics of its own JVM after each interval. A reading that is refused is not sent again: the next one has it all. */
final class JvmReceiver implements Receiver {
    private static final String SCOPE = "dev.sluice.receivers.jvm";

    private final JvmReceiverConfig config;
    private final Outputs outputs;
    private final ComponentContext context;
    private final JvmReadings readings = new JvmReadings();
    private final GcDurations durations = new GcDurations();
    private final List<NotificationEmitter> watched = new ArrayList<>();
    private final NotificationListener listener = (notification, _) -> {
        if (notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            collected(GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData()));
        }
    };
    private final Meters.Counter scraped;
    private final Meters.Counter errored;
    private @Nullable Context loop;
    private @Nullable Timer timer;
    private long sinceEpochNanos;
    /** The last one, which may be on its way still. */
    private Future<?> reading = Future.succeededFuture();

    JvmReceiver(JvmReceiverConfig config, Outputs outputs, ComponentContext context) {
        this.config = config;
        this.outputs = outputs;
        this.context = context;
        Map<String, String> scraper = Map.of("scraper", "jvm");
        this.scraped = context.meters()
                .counter("scraper_scraped_metric_points", "{datapoints}", "Metric points that were read.", scraper);
        this.errored = context.meters()
                .counter(
                        "scraper_errored_metric_points",
                        "{datapoints}",
                        "Metric points that could not be read.",
                        scraper);
    }

    @Override
    public Future<?> start() {
        loop = context.vertx().getOrCreateContext();
        sinceEpochNanos = context.clock().epochNanos();
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (collector instanceof NotificationEmitter emitter) {
                emitter.addNotificationListener(listener, null, null);
                watched.add(emitter);
            }
        }
        timer = context.after(config.initialDelay(), this::begin);
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        for (NotificationEmitter emitter : watched) {
            try {
                emitter.removeNotificationListener(listener);
            } catch (ListenerNotFoundException e) {
                context.log().debug("Garbage collections were not watched", e);
            }
        }
        watched.clear();
        return reading.otherwiseEmpty();
    }

    private void begin() {
        timer = context.every(config.collectionInterval(), this::read);
        read();
    }

    /** On a thread of the JVM, which hands the news to the loop that owns the counts. */
    private void collected(GarbageCollectionNotificationInfo collection) {
        GcInfo info = collection.getGcInfo();
        GcDurations.Collection key = new GcDurations.Collection(
                collection.getGcName(), collection.getGcAction(), config.gcCause() ? collection.getGcCause() : "");
        Context owner = loop;
        if (owner != null) {
            owner.runOnContext(_ -> durations.add(key, info.getDuration() / 1e3));
        }
    }

    private void read() {
        if (!reading.isComplete()) {
            context.log().warn("The last reading of the JVM is still on its way, this one is left out");
            return;
        }
        MetricsRequest request = new MetricsRequest(
                JvmReadings.startEpochNanos(), context.clock().epochNanos());
        request.durations(durations, sinceEpochNanos);
        reading = context.blocking(() -> {
                    readings.write(request);
                    return request.finish(SCOPE, context.service().version(), ProcessResource.of(context.service()));
                })
                .compose(wire -> send(wire, request.points()))
                .onFailure(cause -> {
                    errored.add(1);
                    context.log().error("Error scraping metrics", cause);
                });
    }

    private Future<Outcome> send(Bytes wire, int points) {
        scraped.add(points);
        TelemetryConsumer next = outputs.to(Signal.METRICS);
        return next.consume(Telemetry.of(Signal.METRICS, wire, points, Origin.INTERNAL))
                .onSuccess(outcome -> {
                    if (outcome instanceof Outcome.Refused refused) {
                        context.log().warn("A reading of the JVM was refused: {}", refused.message());
                    }
                });
    }
}
