package dev.sluice.exporters.grafana;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.gotext.GoFileError;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/** Dashboards as files in a folder, which Grafana reads whenever it likes. */
final class DashboardFiles {
    private final Path directory;
    private final ComponentContext context;

    DashboardFiles(String directory, ComponentContext context) {
        this.directory = Path.of(directory);
        this.context = context;
    }

    Future<Outcome> put(Dashboard dashboard) {
        return context.blocking(() -> write(dashboard));
    }

    /** By a name of its own first, so that nobody reads half of it. */
    private Outcome write(Dashboard dashboard) {
        Path file = directory.resolve(dashboard.file());
        try {
            Files.createDirectories(directory);
            Path part = Files.writeString(directory.resolve("." + dashboard.uid() + ".part"), dashboard.json());
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return Outcome.ACCEPTED;
        } catch (IOException e) {
            String message = "cannot write " + file + ": " + GoFileError.reason(e);
            return Outcome.retryable(Reason.UNAVAILABLE, message, Duration.ZERO);
        }
    }
}
