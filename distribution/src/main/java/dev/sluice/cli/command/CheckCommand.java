package dev.sluice.cli.command;

import dev.sluice.cli.run.CommandException;
import dev.sluice.cli.run.ConfigFlags;
import dev.sluice.engine.config.ConfigException;
import dev.sluice.engine.config.Factories;
import dev.sluice.engine.config.LoadedConfig;
import dev.sluice.gotext.GoFileError;
import dev.sluice.slo.file.RuleFile;
import dev.sluice.slo.lint.Capture;
import dev.sluice.slo.lint.Finding;
import dev.sluice.slo.lint.RuleLints;
import dev.sluice.slo.series.SeriesConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks files that are not configurations. */
@Command(name = "check", description = "Checks rule files.")
final class CheckCommand extends CommandGroup {
    private static final String LISTENING = "2m30s";

    @Command(
            name = "rules",
            description = {
                "Checks rule files as Prometheus does, and prints every problem with its place.",
                "With telemetry also whether the rules can work on it: names, labels, buckets, intervals."
            })
    int rules(
            @Parameters(
                            arity = "0..*",
                            paramLabel = "FILE",
                            description = "Rule files; what comes on standard input where there is none.")
                    @Nullable
                    List<Path> files,
            @Option(
                            names = "--lint",
                            paramLabel = "LINTS",
                            defaultValue = RuleCheck.DUPLICATES,
                            description =
                                    "What to find fault with that is no error: all, duplicate-rules or none. Default: ${DEFAULT-VALUE}.")
                    String lint,
            @Option(names = "--lint-fatal", description = "Such faults end it with exit code 2.") boolean fatal,
            @Option(
                            names = "--telemetry",
                            paramLabel = "CAPTURE",
                            description = {
                                "What to hold the rules against: a file of exporter file, json or proto; or what comes to",
                                "otlp://HOST:PORT by gRPC or to otlp+http://HOST:PORT, where it is listened for."
                            })
                    @Nullable
                    String telemetry,
            @Option(
                            names = "--for",
                            paramLabel = "DURATION",
                            description =
                                    "How long to listen: two export intervals at least. An interrupt ends it before. Default: "
                                            + LISTENING + ".")
                    @Nullable
                    String time,
            @Option(
                            names = "--config",
                            paramLabel = "CONFIG",
                            description =
                                    "A configuration whose metric_aliases, classic_buckets and counts the rules rely on.")
                    @Nullable
                    List<String> configs)
            throws CommandException, ConfigException {
        boolean listens = telemetry != null && LiveTelemetry.names(telemetry);
        if (time != null && !listens) {
            throw new CommandException(
                    "flag \"--for\" needs a \"--telemetry\" to listen at: otlp://HOST:PORT or otlp+http://HOST:PORT");
        }
        if (configs != null && telemetry == null) {
            throw new CommandException("flag \"--config\" needs a \"--telemetry\" to hold the rules against");
        }
        PrintWriter out = out();
        RuleCheck check = new RuleCheck(lint, out, err());
        if (files == null) {
            check.standardInput();
        } else {
            files.forEach(check::file);
        }
        int code = check.code(fatal);
        if (telemetry == null) {
            return code;
        }
        SeriesConfig series = series(configs == null ? List.of() : configs);
        Capture capture = listens
                ? LiveTelemetry.at(telemetry, time == null ? LISTENING : time).capture(series, out)
                : capture(Path.of(telemetry), series);
        return Math.max(code, lint(check.right(), telemetry, capture, out) ? SAID_NO : 0);
    }

    private static Capture capture(Path file, SeriesConfig series) throws CommandException {
        try {
            return Capture.read(file, series);
        } catch (IOException e) {
            throw new CommandException(file + ": " + GoFileError.reason(e), e);
        }
    }

    /** Whether there is something that rules suffer from. */
    private static boolean lint(List<RuleFile> files, String telemetry, Capture capture, PrintWriter out) {
        Set<String> recorded = new HashSet<>();
        files.forEach(file -> recorded.addAll(RuleLints.recorded(file)));
        recorded.addAll(capture.unseen());
        List<Finding> findings = files.stream()
                .flatMap(file -> RuleLints.of(file, recorded, capture).stream())
                .toList();
        out.println("Held against " + telemetry + ", " + capture.all().size() + " series");
        if (!capture.unseen().isEmpty()) {
            out.println("  Not looked at, for what they count is not in it: " + String.join(", ", capture.unseen()));
        }
        findings.forEach(finding -> out.println("  " + finding));
        if (findings.isEmpty()) {
            out.println("  SUCCESS: nothing found");
        }
        return findings.stream().anyMatch(finding -> !finding.notice());
    }

    private static SeriesConfig series(List<String> configs) throws CommandException, ConfigException {
        if (configs.isEmpty()) {
            return SeriesConfig.DEFAULT;
        }
        LoadedConfig config = new ConfigFlags(configs, List.of(), List.of()).load(Factories.load(), System.getenv());
        return RuleConfigs.of(SeriesConfig.class, config)
                .findFirst()
                .orElseThrow(() -> new CommandException("the configuration has no processor or connector slo"));
    }
}
