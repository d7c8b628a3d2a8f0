package dev.sluice.cli.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.sluice.engine.telemetry.LogsConfig.Sampling;
import java.util.HashMap;
import java.util.Map;

/** Thins out lines with the same level and text, as zap's sampler does. For one thread at a time. */
final class LineSampler {
    /** So that texts that never repeat cannot fill the memory within a tick. */
    private static final int MOST_TEXTS = 4096;

    private final Sampling config;
    private final long tickMillis;
    private final Map<String, int[]> counts = new HashMap<>();
    private long end = Long.MIN_VALUE;

    LineSampler(Sampling config) {
        this.config = config;
        tickMillis = config.tick().toMillis();
    }

    boolean passes(ILoggingEvent event) {
        if (!config.enabled()) {
            return true;
        }
        // A clock that was set back begins a tick as well.
        if (event.getTimeStamp() >= end || event.getTimeStamp() < end - tickMillis) {
            counts.clear();
            end = event.getTimeStamp() + tickMillis;
        }
        String key = event.getLevel().levelInt + event.getMessage();
        if (counts.size() >= MOST_TEXTS && !counts.containsKey(key)) {
            return true;
        }
        int count = ++counts.computeIfAbsent(key, text -> new int[1])[0];
        if (count <= config.initial()) {
            return true;
        }
        return config.thereafter() > 0 && (count - config.initial()) % config.thereafter() == 0;
    }
}
