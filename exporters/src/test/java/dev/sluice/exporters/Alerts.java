package dev.sluice.exporters;

import dev.sluice.api.Origin;
import dev.sluice.api.Telemetry;
import dev.sluice.otlp.Signal;
import dev.sluice.promql.series.Labels;
import dev.sluice.slo.alert.AlertLogWriter;
import dev.sluice.slo.alert.AlertNotice;
import dev.sluice.slo.alert.AlertPhase;
import java.util.List;

/** Alerts for tests, and the log records that tell of them. */
public final class Alerts {
    /** What the clock of tests shows, in milliseconds. */
    private static final long NOW = 1_700_000_000_000L;

    private Alerts() {}

    public static AlertNotice firing(String path) {
        return notice(path, AlertPhase.FIRING, new AlertNotice.Times(NOW - 1, NOW, 0, NOW, NOW + 240_000, NOW), false);
    }

    public static AlertNotice repeated(String path) {
        return notice(path, AlertPhase.FIRING, new AlertNotice.Times(NOW - 1, NOW, 0, NOW, NOW + 240_000, NOW), true);
    }

    public static AlertNotice resolved(String path) {
        return notice(path, AlertPhase.RESOLVED, new AlertNotice.Times(NOW - 2, NOW - 1, NOW, NOW, NOW, NOW), false);
    }

    public static Telemetry logs(AlertNotice... notices) {
        return Telemetry.of(Signal.LOGS, AlertLogWriter.write(List.of(notices), NOW * 1_000_000), Origin.INTERNAL);
    }

    private static AlertNotice notice(String path, AlertPhase phase, AlertNotice.Times times, boolean repeat) {
        return new AlertNotice(
                Labels.of("alertname", "HighLatencyAPI", "path", path),
                Labels.of("summary", "slow " + path),
                phase,
                2,
                "latency",
                "",
                times,
                AlertNotice.Exemplar.NONE,
                repeat);
    }
}
