package dev.sluice.exporters.prometheusremotewrite;

import dev.sluice.otlp.view.ExemplarsView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes the exemplars of one point after the other by bucket and, as Prometheus takes them, in the order of their time: {@link #read}, then
 * {@link #write} for one bucket after the other. OTLP has them in any order.
 */
final class ExemplarWriter {
    private static final Comparator<Place> ORDER =
            Comparator.comparingInt(Place::bucket).thenComparingLong(Place::time);

    private final List<Place> places = new ArrayList<>();
    private @Nullable ExemplarsView view;
    private int next;

    /** Where one lies, and its time in nanoseconds since 1970. */
    private record Place(int bucket, long time, int start, int end) {}

    /** Those of a point without buckets, which are in bucket 0. */
    void read(ExemplarsView exemplars, long pointTime) {
        read(exemplars, pointTime, exemplar -> 0);
    }

    /** {@code exemplars} stands before the first one. One without a time gets that of its point: Prometheus needs one. */
    void read(ExemplarsView exemplars, long pointTime, ToIntFunction<ExemplarsView> bucketOf) {
        view = exemplars;
        places.clear();
        next = 0;
        while (exemplars.next()) {
            long time = exemplars.time() == 0 ? pointTime : exemplars.time();
            places.add(new Place(bucketOf.applyAsInt(exemplars), time, exemplars.start(), exemplars.end()));
        }
        places.sort(ORDER);
    }

    boolean any() {
        return !places.isEmpty();
    }

    /** Those of the bucket, which is behind the one before. */
    void write(RequestWriter writer, int bucket) {
        while (view != null && next < places.size() && places.get(next).bucket() == bucket) {
            Place place = places.get(next++);
            view.reset(view.array(), place.start(), place.end());
            writer.exemplar(view, Times.millis(place.time()));
        }
    }
}
