package dev.sluice.cli.run;

/** The command cannot be carried out; the message is what the user is told behind {@code Error: }. */
public final class CommandException extends Exception {
    private static final long serialVersionUID = 1;

    public CommandException(String message) {
        super(message);
    }

    public CommandException(String message, Throwable cause) {
        super(message, cause);
    }
}
