// Command kube-apiserver-1.34 is an older API server itself, unchanged, for a cluster under KMS v1 that is upgraded: the
// testbed builds it from its Go module because a release binary cannot be had through a package registry.
package main

import (
	"os"

	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/logs/json/register"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	"k8s.io/kubernetes/cmd/kube-apiserver/app"
)

func main() {
	os.Exit(cli.Run(app.NewAPIServerCommand()))
}
