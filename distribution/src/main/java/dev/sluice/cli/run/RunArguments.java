package dev.sluice.cli.run;

import dev.sluice.gotext.GoDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of a run, read without the library that reads the other commands, for that would cost a good part of the time to start.
 *
 * @param loops event loops; 0 for one a processor
 * @param drainTimeout within which the last data must be out at the end
 */
public record RunArguments(ConfigFlags flags, int loops, Duration drainTimeout) {
    /** What Kubernetes gives a pod, less a margin. */
    public static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(25);

    /** Takes each flag as {@code --flag value} or {@code --flag=value}. */
    public static RunArguments parse(List<String> arguments) throws CommandException {
        List<String> configs = new ArrayList<>();
        List<String> sets = new ArrayList<>();
        List<String> gates = new ArrayList<>();
        int loops = 0;
        Duration drain = DRAIN_TIMEOUT;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.indexOf('=');
            String flag = equals < 0 ? argument : argument.substring(0, equals);
            if (!List.of("--config", "--set", "--feature-gates", "--loops", "--drain-timeout")
                    .contains(flag)) {
                throw new CommandException(
                        argument.startsWith("-")
                                ? "unknown flag: " + flag
                                : "unknown command \"" + flag + "\" for \"sluice\"");
            }
            if (equals < 0 && ++i == arguments.size()) {
                throw new CommandException("flag needs an argument: " + flag);
            }
            String value = equals < 0 ? arguments.get(i) : argument.substring(equals + 1);
            switch (flag) {
                case "--config" -> configs.add(value);
                case "--set" -> sets.add(value);
                case "--feature-gates" -> gates.add(value);
                case "--loops" -> loops = loops(value);
                default -> drain = drainTimeout(value);
            }
        }
        return new RunArguments(new ConfigFlags(configs, sets, gates), loops, drain);
    }

    /** The Collector takes {@code -config} for {@code --config}, as all Go programs once did; so do we. */
    public static List<String> normal(List<String> arguments) {
        return arguments.stream()
                .map(argument -> argument.matches("(?s)-[a-z][a-z-]+(=.*)?") ? "-" + argument : argument)
                .toList();
    }

    private static int loops(String value) throws CommandException {
        try {
            int loops = Integer.parseInt(value);
            if (loops > 0) {
                return loops;
            }
        } catch (NumberFormatException e) {
            // Told below, with the flag.
        }
        throw new CommandException(
                "invalid argument \"" + value + "\" for \"--loops\" flag: must be a positive number");
    }

    private static Duration drainTimeout(String value) throws CommandException {
        try {
            Duration timeout = GoDuration.parse(value);
            if (timeout.isPositive()) {
                return timeout;
            }
        } catch (IllegalArgumentException e) {
            // Told below, with the flag.
        }
        throw new CommandException("invalid argument \"" + value
                + "\" for \"--drain-timeout\" flag: must be a positive duration such as 25s");
    }
}
