package dev.sluice.cli.command;

import dev.sluice.cli.demo.Demo;
import dev.sluice.cli.run.ServiceProcess;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Runs until it is interrupted. */
@Command(name = "demo", description = "Runs a pipeline with made-up traffic, to look at: nothing else is needed.")
final class DemoCommand implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
        ServiceProcess process = new Demo(System.getenv(), System.out).process();
        process.handleSignals();
        process.run();
        return 0;
    }
}
