package dev.sluice.otlp.edit;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.ItemPath;
import dev.sluice.otlp.view.MetricView;
import dev.sluice.otlp.view.ResourceView;
import dev.sluice.otlp.view.ScopeView;

/** Applies a {@link MetricRule} to every metric of a request. Scopes and resources that lose all of theirs go as well. */
public final class MetricEditor {
    private final Rewriter rewriter;

    public MetricEditor(MetricRule rule) {
        this.rewriter = new Rewriter(ItemPath.METRICS, new Pass(rule));
    }

    /** The changed request, empty if nothing stays; the same object if nothing changed. */
    public Bytes edit(Bytes request) {
        return rewriter.rewrite(request);
    }

    /** How many of them the last request lost. */
    public int dropped() {
        return rewriter.dropped();
    }

    private static final class Pass implements Rewriter.Rule {
        private final MetricRule rule;
        private final MetricView metric = new MetricView();
        private final ResourceView resource = new ResourceView();
        private final ScopeView scope = new ScopeView();

        Pass(MetricRule rule) {
            this.rule = rule;
        }

        @Override
        public void enter(int level, byte[] array, int start, int end) {
            if (level == 0) {
                resource.reset(array, start, end);
            } else {
                scope.reset(array, start, end);
            }
        }

        @Override
        public boolean keep(byte[] array, int start, int end, Patch patch) {
            metric.reset(array, start, end);
            return rule.keep(metric, resource, scope, patch);
        }
    }
}
