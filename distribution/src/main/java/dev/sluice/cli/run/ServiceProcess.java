package dev.sluice.cli.run;

import dev.sluice.engine.config.ConfigException;
import dev.sluice.engine.config.Factories;
import dev.sluice.engine.config.LoadedConfig;
import dev.sluice.engine.telemetry.Identity;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.transport.Transport;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a configuration until a signal ends it, and reads it anew at another signal. */
public final class ServiceProcess {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceProcess.class);

    private final RunArguments arguments;
    private final Map<String, String> environment;
    private final PrintStream out;
    private final Companion companion;
    private final BlockingQueue<OsSignal> signals = new LinkedBlockingQueue<>();
    private volatile boolean stopping;

    /** {@code out} is for what a configuration sends to the console. */
    public ServiceProcess(RunArguments arguments, Map<String, String> environment, PrintStream out) {
        this(arguments, environment, out, Companion.none());
    }

    /** With something beside it. */
    public ServiceProcess(
            RunArguments arguments, Map<String, String> environment, PrintStream out, Companion companion) {
        this.arguments = arguments;
        this.environment = environment;
        this.out = out;
        this.companion = companion;
    }

    /** As if the operating system had sent it. Any thread. */
    public void signal(OsSignal signal) {
        signals.add(signal);
    }

    /** From now on the signals of the operating system come here. Who asks a second time for the end does not wait for it. */
    public void handleSignals() {
        OsSignal.handle(signal -> {
            if (stopping && signal != OsSignal.HUP) {
                Runtime.getRuntime().halt(1);
            }
            signal(signal);
        });
    }

    /** Blocks until everything is drained and closed. Throws what keeps the service from starting, with nothing left behind. */
    public void run() throws CommandException, ConfigException {
        Factories factories = Factories.load();
        LoadedConfig config = arguments.flags().load(factories, environment);
        Vertx vertx = vertx(arguments.loops());
        try {
            Running.Surroundings around = new Running.Surroundings(
                    vertx,
                    factories,
                    Identity.of("sluice", Version.current()),
                    arguments,
                    arguments.flags().gates().states(),
                    out);
            Running running = Running.start(config, around);
            for (String warning : arguments.flags().gates().warnings()) {
                LOG.warn(warning);
            }
            companion.started();
            obey(running, around);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private void obey(Running first, Running.Surroundings around) throws CommandException, ConfigException {
        Running running = first;
        HeapPacer pacer = HeapPacer.ofProcess();
        while (true) {
            OsSignal signal = nextSignal(pacer);
            LOG.atInfo().addKeyValue("signal", signal.word()).log("Received signal from OS");
            if (signal != OsSignal.HUP) {
                stopping = true;
                companion.stopping();
                running.stop();
                return;
            }
            running = reload(running, around);
        }
    }

    /** This thread has nothing else to do than to look after the heap. */
    private OsSignal nextSignal(HeapPacer pacer) {
        try {
            OsSignal signal = null;
            while (signal == null) {
                signal = signals.poll(pacer.look().toMillis(), TimeUnit.MILLISECONDS);
            }
            return signal;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OsSignal.TERM;
        }
    }

    private Running reload(Running running, Running.Surroundings around) throws CommandException, ConfigException {
        LoadedConfig next;
        try {
            next = arguments.flags().load(around.factories(), environment);
        } catch (CommandException | ConfigException e) {
            Running.kept(e);
            return running;
        }
        return running.reload(next, around);
    }

    private static Vertx vertx(int loops) {
        VertxOptions options = new VertxOptions()
                // Nothing is served from files, so nothing needs to be unpacked into a folder for it.
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false))
                .setEventLoopPoolSize(loops == 0 ? Runtime.getRuntime().availableProcessors() : loops);
        Transport epoll = Transport.EPOLL;
        boolean usable = epoll != null && epoll.available();
        return Vertx.builder()
                .with(options)
                .withTransport(usable ? epoll : Transport.NIO)
                .build();
    }
}
