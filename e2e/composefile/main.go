// Command composefile reads a compose file as docker compose config does, with the library that it is made of, and says what is wrong with it.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/compose-spec/compose-go/v2/cli"
)

func main() {
	if err := check(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func check(files []string) error {
	options, err := cli.NewProjectOptions(files)
	if err != nil {
		return err
	}
	_, err = options.LoadProject(context.Background())
	return err
}
