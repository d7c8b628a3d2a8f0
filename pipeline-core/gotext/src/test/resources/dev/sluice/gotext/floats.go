// Prints what GoFloatTest compares with: go run floats.go | gzip -9n > floats.txt.gz
package main

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand"
	"strconv"
)

func main() {
	random := rand.New(rand.NewSource(7))
	print := func(v float64) {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return
		}
		digits := random.Intn(12)
		text, _ := json.Marshal(v)
		f := func(format byte, precision int) string { return strconv.FormatFloat(v, format, precision, 64) }
		single := float32(v)
		fmt.Println(math.Float64bits(v), digits, f('g', -1), f('f', -1), f('e', -1), string(text), fmt.Sprintf("%f", v),
			f('g', digits), f('f', digits), f('e', digits), math.Float32bits(single), strconv.FormatFloat(float64(single), 'g', -1, 32))
	}
	for i := 0; i < 100; i++ {
		print(math.Float64frombits(random.Uint64()))
		print(math.Float64frombits(uint64(i * i)))
		print(float64(math.Float32frombits(uint32(i * i))))
		print((random.Float64() - 0.5) * math.Pow(10, float64(random.Intn(30)-8)))
		print(math.Round((random.Float64()-0.5)*1e6) / math.Pow(10, float64(random.Intn(9))))
		print(float64(random.Intn(2000) * 500))
	}
	print(math.Copysign(0, -1))
	print(math.MaxFloat64)
	for _, power := range []float64{1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e5, 1e6, 1e7, 1e20, 1e21, 1e22} {
		print(power)
		print(math.Nextafter(power, 0))
		print(-math.Nextafter(power, math.Inf(1)))
	}
}
