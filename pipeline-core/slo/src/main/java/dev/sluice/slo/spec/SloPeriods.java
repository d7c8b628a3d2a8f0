package dev.sluice.slo.spec;

import dev.sluice.gotext.GoFileError;
import dev.sluice.promql.text.PrometheusDuration;
import dev.sluice.promql.text.PrometheusDuration.DurationException;
import dev.sluice.yaml.ConfigNode;
import dev.sluice.yaml.Problem;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which periods budgets may be for, and in what windows they must not burn: those of files, or else the workbook's for any period.
 */
public final class SloPeriods {
    /** What Sloth calls the default period too. */
    public static final String MONTH = "30d";

    /** The SRE workbook's windows for any period that is longer than they are. */
    public static final SloPeriods WORKBOOK = new SloPeriods(Map.of(), Duration.ofDays(30));

    private final Map<Duration, AlertWindows> catalog;
    private final Duration usual;

    private SloPeriods(Map<Duration, AlertWindows> catalog, Duration usual) {
        this.catalog = catalog;
        this.usual = usual;
    }

    /**
     * The periods of a folder of Sloth's {@code AlertWindows}, which take the place of all others. Reads files, and so blocks.
     *
     * @param problems takes what is wrong, with its place where there is one
     */
    public static SloPeriods read(Path folder, Consumer<String> problems) {
        Findings findings = new Findings();
        Map<Duration, AlertWindows> catalog = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(SloPeriods::isYaml).sorted().toList()) {
                read(file, findings, catalog);
            }
        } catch (IOException e) {
            problems.accept(folder + ": " + GoFileError.reason(e));
            return WORKBOOK;
        } catch (UncheckedIOException e) {
            problems.accept(folder + ": " + e.getMessage());
            return WORKBOOK;
        }
        findings.problems().stream().map(Problem::toString).forEach(problems);
        if (catalog.isEmpty() && findings.problems().isEmpty()) {
            problems.accept("no " + AlertWindowsReader.KIND + " in " + folder);
        }
        return new SloPeriods(catalog, WORKBOOK.usual);
    }

    private static boolean isYaml(Path file) {
        return Files.isRegularFile(file) && file.toString().matches(".*\\.ya?ml");
    }

    private static void read(Path file, Findings findings, Map<Duration, AlertWindows> catalog) throws IOException {
        try {
            for (ConfigNode document : YamlReader.readAll(file.toString(), Files.readString(file))) {
                new AlertWindowsReader(findings).read(document).ifPresent(windows -> {
                    AlertWindows other = catalog.putIfAbsent(windows.period(), windows);
                    if (other != null && !other.equals(windows)) {
                        String period = Windows.text(windows.period());
                        findings.problem(document.mark(), "there are other windows for " + period + " already", null);
                    }
                });
            }
        } catch (YamlException e) {
            findings.problem(e.mark(), String.valueOf(e.getMessage()), null);
        }
    }

    /**
     * The same with another period for objectives that name none.
     *
     * @throws IllegalArgumentException where it is no duration, or a period that there are no windows for
     */
    public SloPeriods withUsual(String period) {
        try {
            Duration duration = Duration.ofNanos(PrometheusDuration.parse(period));
            if (windows(duration).isEmpty()) {
                throw new IllegalArgumentException(lack(duration));
            }
            return new SloPeriods(catalog, duration);
        } catch (DurationException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** The period of objectives that name none. */
    Duration usual() {
        return usual;
    }

    /** Empty where there are none for the period. */
    Optional<Windows> windows(Duration period) {
        if (!catalog.isEmpty()) {
            return Optional.ofNullable(catalog.get(period)).map(AlertWindows::windows);
        }
        return Optional.of(AlertWindows.workbook(period).windows())
                .filter(windows -> windows.recorded().getLast().compareTo(period) < 0);
    }

    /** Why there are no windows for a period. */
    String lack(Duration period) {
        List<String> known = new ArrayList<>();
        catalog.keySet().stream().sorted().map(Windows::text).forEach(known::add);
        return known.isEmpty()
                ? "a period must be longer than 3d, the longest window of its alerts, unless it has AlertWindows of its own"
                : "there are no AlertWindows for " + Windows.text(period) + ", but for "
                        + known.stream().collect(Collectors.joining(", "));
    }
}
