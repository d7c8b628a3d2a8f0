package dev.sluice.promql.script;

/** A step of a script. */
sealed interface Command permits LoadCommand, EvalCommand, Command.Clear {
    /** Forgets all series. */
    record Clear() implements Command {}
}
