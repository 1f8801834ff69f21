// `import Stipple` alone suffices: what its functions take and give comes with it.

@_exported import ImpressionSampling
@_exported import Mannequin
@_exported import MeshFiles
@_exported import Meshes
@_exported import PNGImage
@_exported import PigmentAging
@_exported import ScalpGeometry
@_exported import SkinOptics
@_exported import TreatmentDesign
