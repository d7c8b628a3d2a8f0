package dev.sluice.otlp.edit;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.ItemPath;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.view.LogRecordView;
import dev.sluice.otlp.view.ResourceView;
import dev.sluice.otlp.view.ScopeView;

/** Applies a {@link LogRule} to every log record of a request. Scopes and resources that lose all of theirs go as well. */
public final class LogEditor {
    private final Rewriter rewriter;

    public LogEditor(LogRule rule) {
        this.rewriter = new Rewriter(ItemPath.items(Signal.LOGS), new Pass(rule));
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
        private final LogRule rule;
        private final LogRecordView record = new LogRecordView();
        private final ResourceView resource = new ResourceView();
        private final ScopeView scope = new ScopeView();

        Pass(LogRule rule) {
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
            record.reset(array, start, end);
            return rule.keep(record, resource, scope, patch);
        }
    }
}
