/** The program: what the words on its command line lead to. */
@org.jspecify.annotations.NullMarked
package dev.sluice.cli;
