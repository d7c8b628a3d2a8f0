package dev.sluice.exporters.prometheusremotewrite;

import dev.sluice.otlp.view.ExponentialPointView;
import dev.sluice.otlp.view.PointView;
import dev.sluice.prometheus.Drop;
import dev.sluice.prometheus.ExponentialState;
import dev.sluice.prometheus.SeriesState;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Writes points of exponential histograms as native histograms. */
final class ExponentialWriter extends StatefulWriter {
    private final ExponentialPointView view = new ExponentialPointView();
    private final ExemplarWriter exemplars = new ExemplarWriter();

    ExponentialWriter(RequestWriter writer, RequestList requests, BiConsumer<Series, Drop> drops) {
        super(writer, requests, drops);
    }

    @Override
    PointView view(byte[] array, int start, int end) {
        view.reset(array, start, end);
        return view;
    }

    /** Prometheus refuses the whole request for one histogram whose buckets do not make up its count. */
    @Override
    @Nullable
    Drop check(SeriesState state) {
        return ((ExponentialState) state).consistent() ? null : Drop.MALFORMED;
    }

    @Override
    void taken(Series series, SeriesState state) {}

    @Override
    void put(Series series, SeriesState state, long time, long start) {
        openNative(series);
        writer().histogram((ExponentialState) state, time, start);
        exemplars.read(view.exemplars(), view.time());
        closeNative(series, exemplars);
    }

    @Override
    void putStale(Series series, long time) {
        staleNative(series, time);
    }
}
