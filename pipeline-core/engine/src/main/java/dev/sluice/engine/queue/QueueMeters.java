package dev.sluice.engine.queue;

import dev.sluice.api.Meters;
import dev.sluice.api.Meters.Counter;
import dev.sluice.api.Meters.Gauge;
import dev.sluice.api.Meters.Histogram;
import dev.sluice.api.Telemetry;
import dev.sluice.otlp.Signal;
import java.util.Map;

/** What the Collector tells about a sending queue, by its names and bucket bounds. */
final class QueueMeters {
    private static final double[] UNITS = {
        10, 25, 50, 75, 100, 250, 500, 750, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000, 10000, 20000, 30000,
        50000, 100000
    };
    private static final double[] SIZES = {
        128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072, 262144, 524288, 1048576, 2097152, 4194304,
        8388608, 16777216
    };

    private final Gauge size;
    private final Gauge inFlight;
    private final Counter enqueueFailed;
    private final Histogram enqueueSize;
    private final Histogram enqueueBytes;
    private final Histogram sendSize;
    private final Histogram sendBytes;

    QueueMeters(Meters meters, Signal signal, long capacity) {
        Map<String, String> queue = Map.of("data_type", signal.key());
        size = meters.gauge(
                "exporter_queue_size", "{batch}", "Current size of the sending queue, in units of its sizer.", queue);
        meters.gauge(
                        "exporter_queue_capacity",
                        "{batch}",
                        "Capacity of the sending queue, in units of its sizer.",
                        queue)
                .set((double) capacity);
        inFlight = meters.gauge(
                "exporter_in_flight_requests",
                "{request}",
                "Export requests under way, those that wait for a retry included.",
                queue);
        enqueueFailed = meters.counter(
                "exporter_enqueue_failed_" + signal.items(),
                SendMeters.unit(signal),
                "Items that the sending queue refused.",
                Map.of());
        enqueueSize = meters.histogram(
                "exporter_enqueue_size", "{unit}", "Items of a batch that came to the queue.", Map.of(), UNITS);
        enqueueBytes = meters.histogram(
                "exporter_enqueue_size_bytes", "By", "Bytes of a batch that came to the queue.", Map.of(), SIZES);
        sendSize = meters.histogram(
                "exporter_queue_batch_send_size", "{unit}", "Items of a batch that left the queue.", Map.of(), UNITS);
        sendBytes = meters.histogram(
                "exporter_queue_batch_send_size_bytes", "By", "Bytes of a batch that left the queue.", Map.of(), SIZES);
        state(0, 0);
    }

    void enqueued(Telemetry batch) {
        enqueueSize.record(batch.items());
        enqueueBytes.record(batch.wire().length());
    }

    void enqueueFailed(Telemetry batch) {
        enqueueFailed.add(batch.items());
    }

    void sending(Batch batch, long used, int sending) {
        sendSize.record(batch.telemetry.items());
        sendBytes.record(batch.telemetry.wire().length());
        state(used, sending);
    }

    void state(long used, int sending) {
        size.set((double) used);
        inFlight.set(sending);
    }
}
