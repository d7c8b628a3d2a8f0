package dev.sluice.otlp.edit;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.ItemPath;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.view.ExponentialPointView;
import dev.sluice.otlp.view.HistogramPointView;
import dev.sluice.otlp.view.MetricView;
import dev.sluice.otlp.view.NumberPointView;
import dev.sluice.otlp.view.PointView;
import dev.sluice.otlp.view.ResourceView;
import dev.sluice.otlp.view.ScopeView;
import dev.sluice.otlp.view.SummaryPointView;

/** Applies a {@link PointRule} to every data point of a request. Metrics, scopes and resources that lose all of theirs go as well. */
public final class PointEditor {
    private final Rewriter rewriter;

    public PointEditor(PointRule rule) {
        this.rewriter = new Rewriter(ItemPath.items(Signal.METRICS), new Pass(rule));
    }

    /** The changed request, empty if nothing stays; the same object if nothing changed. */
    public Bytes edit(Bytes request) {
        return rewriter.rewrite(request);
    }

    /** How many data points the last request lost. */
    public int dropped() {
        return rewriter.dropped();
    }

    private static final class Pass implements Rewriter.Rule {
        private static final int RESOURCE_LEVEL = 0;
        private static final int SCOPE_LEVEL = 1;
        private static final int METRIC_LEVEL = 2;

        private final PointRule rule;
        private final ResourceView resource = new ResourceView();
        private final ScopeView scope = new ScopeView();
        private final MetricView metric = new MetricView();
        private final NumberPointView number = new NumberPointView();
        private final HistogramPointView histogram = new HistogramPointView();
        private final ExponentialPointView exponential = new ExponentialPointView();
        private final SummaryPointView summary = new SummaryPointView();

        Pass(PointRule rule) {
            this.rule = rule;
        }

        @Override
        public void enter(int level, byte[] array, int start, int end) {
            switch (level) {
                case RESOURCE_LEVEL -> resource.reset(array, start, end);
                case SCOPE_LEVEL -> scope.reset(array, start, end);
                case METRIC_LEVEL -> metric.reset(array, start, end);
                default -> {}
            }
        }

        @Override
        public boolean keep(byte[] array, int start, int end, Patch patch) {
            PointView point = switch (metric.kind()) {
                case EMPTY, GAUGE, SUM -> {
                    number.reset(array, start, end);
                    yield number;
                }
                case HISTOGRAM -> {
                    histogram.reset(array, start, end);
                    yield histogram;
                }
                case EXPONENTIAL_HISTOGRAM -> {
                    exponential.reset(array, start, end);
                    yield exponential;
                }
                case SUMMARY -> {
                    summary.reset(array, start, end);
                    yield summary;
                }
            };
            return rule.keep(point, metric, resource, scope, patch);
        }
    }
}
