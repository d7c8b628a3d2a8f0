package dev.sluice.bench;

import dev.sluice.otlp.view.AttributesView;
import dev.sluice.otlp.view.LogsView;
import dev.sluice.otlp.view.MetricsView;
import dev.sluice.otlp.view.PointsView;
import dev.sluice.otlp.view.TracesView;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Cursors over a request, down to each value of each attribute. Each operation is one request. */
@State(Scope.Thread)
public class ViewBenchmark {
    private final TracesView traces = new TracesView();
    private final MetricsView metrics = new MetricsView();
    private final LogsView logs = new LogsView();

    @Benchmark
    public long walk(Payload payload) {
        return switch (payload.signal) {
            case TRACES -> spans(payload);
            case METRICS -> points(payload);
            case LOGS -> records(payload);
        };
    }

    private long spans(Payload payload) {
        long sum = 0;
        traces.reset(payload.bytes);
        while (traces.next()) {
            sum += traces.span().traceIdLow()
                    + traces.span().endTime()
                    - traces.span().startTime();
            sum += values(traces.span().attributes());
        }
        return sum;
    }

    private long points(Payload payload) {
        long sum = 0;
        metrics.reset(payload.bytes);
        while (metrics.next()) {
            PointsView points = metrics.metric().points();
            while (points.next()) {
                sum += points.point().time() + values(points.point().attributes());
            }
        }
        return sum;
    }

    private long records(Payload payload) {
        long sum = 0;
        logs.reset(payload.bytes);
        while (logs.next()) {
            sum += logs.record().traceIdLow() + logs.record().body().contentLength();
            sum += values(logs.record().attributes());
        }
        return sum;
    }

    private static long values(AttributesView attributes) {
        long sum = 0;
        while (attributes.next()) {
            sum += attributes.keyLength()
                    + switch (attributes.value().kind()) {
                        case INT -> attributes.value().integer();
                        default -> attributes.value().contentLength();
                    };
        }
        return sum;
    }
}
