package dev.sluice.cli.command;

import dev.sluice.cli.run.CommandException;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a script for the shell that completes Sluice's commands and flags. */
@Command(
        name = "completion",
        description = {
            "Prints a completion script for bash or zsh.",
            "For this session: source <(sluice completion bash)"
        })
final class CompletionCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "SHELL", description = "bash or zsh; bash if absent.")
    private String shell = "bash";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws CommandException {
        if (!shell.equals("bash") && !shell.equals("zsh")) {
            throw new CommandException("no completion for the shell \"" + shell + "\": there is bash and zsh");
        }
        // One script for both: in zsh it switches the emulation of bash's completion on by itself.
        spec.commandLine().getOut().println(AutoComplete.bash("sluice", Commands.commandLine()));
        return 0;
    }
}
