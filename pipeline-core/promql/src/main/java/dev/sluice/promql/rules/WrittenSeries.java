package dev.sluice.promql.rules;

import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.Series;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Which series a rule wrote last, so that those it no longer writes are marked as ended. */
final class WrittenSeries {
    private final Map<Labels, Mark> marks = new HashMap<>();
    private long round;
    /** How many series this evaluation has written. */
    private int written;

    /** The round in which a series was last written. */
    private static final class Mark {
        private long round;
    }

    /** Writes some of the samples, in their order; from 0 on they are those of a new evaluation. */
    void write(Samples samples, int from, int to, long time, SampleSink sink) {
        if (from == 0) {
            round++;
            written = 0;
        }
        for (int i = from; i < to; i++) {
            Labels labels = samples.labels(i);
            if (sink.append(labels, time, samples.value(i), samples.histogram(i))) {
                Mark mark = marks.computeIfAbsent(labels, l -> new Mark());
                written += mark.round == round ? 0 : 1;
                mark.round = round;
            }
        }
    }

    /** All are written: ends the series that were not among them. */
    void endOthers(long time, SampleSink sink) {
        if (written == marks.size()) {
            return;
        }
        for (Iterator<Map.Entry<Labels, Mark>> all = marks.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Labels, Mark> series = all.next();
            if (series.getValue().round != round) {
                sink.append(series.getKey(), time, Series.STALE, null);
                all.remove();
            }
        }
    }

    /** Counts series as written, that are from before a restart. */
    void restore(List<Labels> series) {
        series.forEach(labels -> marks.put(labels, new Mark()));
    }

    List<Labels> labels() {
        return new ArrayList<>(marks.keySet());
    }
}
