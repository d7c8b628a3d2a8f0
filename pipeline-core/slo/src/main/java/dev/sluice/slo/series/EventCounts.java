package dev.sluice.slo.series;

import dev.sluice.promql.series.Series;
import java.util.IdentityHashMap;

/**
 * Series of what is counted here, as if an exporter of theirs were scraped: their samples lie on full seconds, each telling what was counted until the
 * end of its second, so that an event is seen as soon as it is the newest. They come again without events, since a rate of what does not happen
 * is 0 and not unknown. An event that comes later than one of a later second is counted in that second.
 */
final class EventCounts {
    /** Milliseconds between the times that samples may have. */
    static final long RESOLUTION = 1000;

    /** After so many milliseconds a count that did not change is told again; as often as an SDK in a hurry exports. */
    static final long HEARTBEAT = 10_000;

    /** When the last event was, in milliseconds since 1970. */
    private final IdentityHashMap<Series, Long> lastEvents = new IdentityHashMap<>();

    /** The time of the sample that an event of that time belongs to. */
    static long sampleTime(long event) {
        return Math.floorDiv(event, RESOLUTION) * RESOLUTION;
    }

    /** How much has been counted. */
    static double total(Series series) {
        return series.size() == 0 ? 0 : series.value(series.to() - 1);
    }

    /** Whether the series has a sample of that time or a later one, which the count then belongs to. */
    static boolean covers(Series series, long time) {
        return series.size() > 0 && series.time(series.to() - 1) >= time;
    }

    void seen(Series series, long time) {
        lastEvents.merge(series, time, Math::max);
    }

    boolean counts(Series series) {
        return lastEvents.containsKey(series);
    }

    long lastEvent(Series series) {
        return lastEvents.getOrDefault(series, Long.MIN_VALUE);
    }

    void remove(Series series) {
        lastEvents.remove(series);
    }

    /** Tells all counts again that were not told for a while. */
    void beat(long time, Repeat repeat) {
        for (Series series : lastEvents.keySet()) {
            if (series.size() > 0 && series.time(series.to() - 1) <= time - HEARTBEAT) {
                repeat.add(series, time, total(series));
            }
        }
    }

    /** Adds a sample. */
    interface Repeat {
        void add(Series series, long time, double value);
    }
}
