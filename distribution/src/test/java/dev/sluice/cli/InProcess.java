package dev.sluice.cli;

import dev.sluice.cli.run.Companion;
import dev.sluice.cli.run.OsSignal;
import dev.sluice.cli.run.RunArguments;
import dev.sluice.cli.run.ServiceProcess;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** A whole service in the test's own JVM, on a thread of its own. Closing it drains it. */
public final class InProcess implements AutoCloseable {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ServiceProcess process;
    private final CompletableFuture<Void> end;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final LogWatch log = new LogWatch();

    private InProcess(List<String> arguments, Map<String, String> environment) throws Exception {
        process = new ServiceProcess(
                RunArguments.parse(arguments),
                environment,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new Companion() {
                    @Override
                    public void started() {
                        ready.complete(null);
                    }

                    @Override
                    public void stopping() {}
                });
        end = CompletableFuture.runAsync(
                () -> {
                    try {
                        process.run();
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                task -> Thread.ofPlatform().name("service-process").start(task));
    }

    /** Returns when everything is ready. */
    public static InProcess start(List<String> arguments, Map<String, String> environment) throws Exception {
        InProcess started = begin(arguments, environment);
        CompletableFuture.anyOf(started.ready, started.end).get(60, TimeUnit.SECONDS);
        started.log().forget();
        return started;
    }

    /** Returns at once. */
    public static InProcess begin(List<String> arguments, Map<String, String> environment) throws Exception {
        return new InProcess(arguments, environment);
    }

    public LogWatch log() {
        return log;
    }

    public void signal(OsSignal signal) {
        process.signal(signal);
    }

    /** The signals of the test's own process come here from now on. */
    public void handleSignals() {
        process.handleSignals();
    }

    /** What was sent to the console. */
    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Waits for the end; throws what ended it, if it was not a signal. */
    public void join() throws Exception {
        try {
            end.get(60, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    @Override
    public void close() throws Exception {
        try {
            if (!end.isDone()) {
                process.signal(OsSignal.TERM);
                join();
            }
        } finally {
            log.close();
        }
    }
}
