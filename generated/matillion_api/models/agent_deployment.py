# Generated from openapi/ by scripts/generate. Do not edit.
from ..types import OpenStrEnum


class AgentDeployment(OpenStrEnum):
    ACI = "aci"
    AKS = "aks"
    CONTAINER_APP = "container app"
    EKS = "eks"
    FARGATE = "fargate"
    GCE = "gce"
    GKE = "gke"
    NATIVE_APP = "native app"
