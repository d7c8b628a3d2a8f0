package dev.sluice.exporters.prometheusremotewrite;

import dev.sluice.otlp.view.ExemplarsView;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** Writes exemplars in the order of their time, as Prometheus takes them; OTLP has them in any. */
final class ExemplarWriter {
    /** Stands before the first exemplar of the point at hand at each call. */
    private final Supplier<ExemplarsView> source;

    ExemplarWriter(Supplier<ExemplarsView> source) {
        this.source = source;
    }

    void write(RequestWriter writer) {
        write(writer, exemplar -> 0, 0);
    }

    /** Those for which {@code bucketOf} answers {@code bucket}. */
    void write(RequestWriter writer, ToIntFunction<ExemplarsView> bucketOf, int bucket) {
        boolean ascending = true;
        int count = 0;
        long last = Long.MIN_VALUE;
        ExemplarsView view = source.get();
        while (view.next()) {
            if (bucketOf.applyAsInt(view) == bucket) {
                ascending &= last <= view.time();
                last = view.time();
                count++;
            }
        }
        if (ascending) {
            view = source.get();
            while (view.next()) {
                if (bucketOf.applyAsInt(view) == bucket) {
                    writer.exemplar(view);
                }
            }
        } else {
            sorted(writer, bucketOf, bucket, count);
        }
    }

    /** By looking for the next one each time: there are few. */
    private void sorted(RequestWriter writer, ToIntFunction<ExemplarsView> bucketOf, int bucket, int count) {
        long lastTime = Long.MIN_VALUE;
        int lastPlace = -1;
        for (int done = 0; done < count; done++) {
            long bestTime = Long.MAX_VALUE;
            int bestPlace = -1;
            ExemplarsView view = source.get();
            for (int place = 0; view.next(); place++) {
                long time = view.time();
                boolean later = time > lastTime || (time == lastTime && place > lastPlace);
                if (bucketOf.applyAsInt(view) == bucket && later && (bestPlace < 0 || time < bestTime)) {
                    bestTime = time;
                    bestPlace = place;
                }
            }
            view = source.get();
            for (int place = 0; place <= bestPlace && view.next(); place++) {
                if (place == bestPlace) {
                    writer.exemplar(view);
                }
            }
            lastTime = bestTime;
            lastPlace = bestPlace;
        }
    }
}
