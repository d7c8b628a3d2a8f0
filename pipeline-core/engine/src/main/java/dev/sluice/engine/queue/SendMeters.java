package dev.sluice.engine.queue;

import dev.sluice.api.Meters;
import dev.sluice.api.Meters.Counter;
import dev.sluice.otlp.Signal;
import java.util.Map;

/** What the Collector tells about what an exporter sends. */
record SendMeters(Counter sent, Counter failed) {
    static SendMeters of(Meters meters, Signal signal) {
        return new SendMeters(
                meters.counter(
                        "exporter_sent_" + signal.items(), unit(signal), "Items that the destination took.", Map.of()),
                meters.counter(
                        "exporter_send_failed_" + signal.items(),
                        unit(signal),
                        "Items that could not be sent to the destination.",
                        Map.of()));
    }

    static String unit(Signal signal) {
        return switch (signal) {
            case TRACES -> "{span}";
            case METRICS -> "{datapoint}";
            case LOGS -> "{record}";
        };
    }
}
