@_exported import ChainruleData
@_exported import Ops
