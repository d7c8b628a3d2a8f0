package dev.sluice.slo.alert;

import dev.sluice.promql.series.Labels;

/** Alerts for tests: of the rule HighLatencyAPI, active at 0 s and firing at 120 s after some moment. */
final class Notices {
    static final long START = 1_700_000_000_000L;
    static final AlertNotice.Exemplar EXEMPLAR =
            new AlertNotice.Exemplar("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331");

    private Notices() {}

    static AlertNotice pending(String path) {
        return notice(path, AlertPhase.PENDING, new AlertNotice.Times(START, 0, 0, START, 0, START), false);
    }

    static AlertNotice firing(String path) {
        return notice(path, AlertPhase.FIRING, times(120, 0, 120, 360, 120), false);
    }

    /** Told again a minute later. */
    static AlertNotice stillFiring(String path) {
        return notice(path, AlertPhase.FIRING, times(120, 0, 180, 420, 120), true);
    }

    static AlertNotice resolved(String path) {
        return notice(path, AlertPhase.RESOLVED, times(120, 300, 300, 300, 300), false);
    }

    private static AlertNotice.Times times(int fired, int resolved, int sent, int ends, int due) {
        return new AlertNotice.Times(START, at(fired), resolved == 0 ? 0 : at(resolved), at(sent), at(ends), at(due));
    }

    private static long at(int seconds) {
        return START + seconds * 1000L;
    }

    private static AlertNotice notice(String path, AlertPhase phase, AlertNotice.Times times, boolean repeat) {
        return new AlertNotice(
                Labels.of("alertname", "HighLatencyAPI", "path", path, "severity", "critical"),
                Labels.of("summary", "95th percentile latency > 1.8s on " + path),
                phase,
                2.25,
                "latency",
                "http://sluice:55679/debug/slo",
                times,
                EXEMPLAR,
                repeat);
    }
}
