// Sampler runs the Collector's own probabilistic_sampler over generated requests and prints what went in and what came out, for Sluice to
// be compared with. See README.md for the format.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"log"
	"math/rand"
	"os"
	"runtime/debug"
	"strings"
)

const module = "github.com/open-telemetry/opentelemetry-collector-contrib/processor/probabilisticsamplerprocessor"

func main() {
	items := flag.Int("items", 100_000, "spans, and log records, to decide on with each configuration")
	golden := flag.Bool("golden", false, "a few items of each kind and a few configurations instead")
	seed := flag.Int64("seed", 20261126, "of the generated items")
	flag.Parse()

	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	fmt.Fprintf(out, "# What %s %s makes of these requests.\n", module[strings.LastIndex(module, "/")+1:], version())
	fmt.Fprintf(out, "# Made by e2e/sampler with: %s\n", strings.Join(arguments(), " "))
	for _, signal := range []string{"traces", "logs"} {
		random := rand.New(rand.NewSource(*seed))
		inputs := requests(signal, random, *items, *golden)
		for _, input := range inputs {
			fmt.Fprintf(out, "input %s %s\n", signal, encode(input))
		}
		for _, config := range configurations(signal, *golden) {
			if err := run(out, signal, config, inputs); err != nil {
				log.Fatalf("%s %v: %v", signal, config, err)
			}
		}
	}
	if err := out.Flush(); err != nil {
		log.Fatal(err)
	}
}

func arguments() []string {
	var set []string
	flag.Visit(func(f *flag.Flag) { set = append(set, "-"+f.Name+"="+f.Value.String()) })
	return set
}

// version of the processor that is linked in.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, dependency := range info.Deps {
			if dependency.Path == module {
				return dependency.Version
			}
		}
	}
	return "of an unknown version"
}
